import { Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { isSame, parse, type ConfigurationDocument } from "../../../api/document";
import classes from "./Editor.module.css";
import { useEditor } from "./EditorContext";

/** The whole document as text, for whatever has no control of its own. */
export function JsonTab({ onReplace }: { onReplace: (document: ConfigurationDocument) => void }) {
  const { document, mistakes } = useEditor();
  const [text, setText] = useState(() => JSON.stringify(document, null, 2));
  const [problem, setProblem] = useState<string>();
  const edit = (typed: string) => {
    setText(typed);
    try {
      const parsed = parse(typed);
      setProblem(undefined);
      if (!isSame(parsed, document)) onReplace(parsed);
    } catch (mistake) {
      setProblem(mistake instanceof Error ? mistake.message : String(mistake));
    }
  };
  const told = mistakes.own.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("\n");
  return (
    <Stack>
      <Text>
        The whole configuration: also derived types, streams and whatever else has no control here. What it can say is in the reference of definitions.
      </Text>
      <Textarea
        id="at:"
        label="Configuration document"
        rows={24}
        resize="vertical"
        spellCheck={false}
        classNames={{ input: classes["expression"]!, error: classes["expression"]! }}
        value={text}
        error={problem ? `This does not count yet: ${problem}` : told || undefined}
        onChange={(event) => edit(event.currentTarget.value)}
      />
    </Stack>
  );
}
