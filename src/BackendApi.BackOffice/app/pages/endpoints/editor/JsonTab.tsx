import { Input, Stack, Text } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { isSame, parse, type ConfigurationDocument } from "../../../api/document";
import { Pending } from "../../../shell/Outcomes";
import classes from "./Editor.module.css";
import { useEditor } from "./EditorContext";

const JsonEditor = lazy(() => import("./JsonEditor"));

/** The whole document as text, for whatever has no control of its own. */
export function JsonTab({ onReplace }: { onReplace: (document: ConfigurationDocument) => void }) {
  const { document, mistakes } = useEditor();
  const [shown, setShown] = useState({ document, revision: 0 });
  const [problem, setProblem] = useState<string>();
  if (!isSame(document, shown.document)) {
    // Changed elsewhere: what was saved came back, or all was undone.
    setShown({ document, revision: shown.revision + 1 });
    setProblem(undefined);
  }
  const edit = (text: string) => {
    try {
      const parsed = parse(text);
      setProblem(undefined);
      setShown((before) => ({ ...before, document: parsed }));
      onReplace(parsed);
    } catch (mistake) {
      setProblem(mistake instanceof Error ? mistake.message : String(mistake));
    }
  };
  const told = mistakes.own.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("\n");
  const error = problem ? `This does not count yet: ${problem}` : told;
  return (
    <Stack>
      <Text>The whole configuration: also derived types, streams and whatever else has no control here. What it can say is in the reference of definitions.</Text>
      <Input.Wrapper
        label="Configuration document"
        labelElement="div"
        labelProps={{ id: "document-label" }}
        error={error && <span className={classes["expression"]}>{error}</span>}
        errorProps={{ id: "document-error" }}
      >
        <Suspense fallback={<Pending />}>
          <div className={classes["text"]} data-invalid={error ? true : undefined}>
            <JsonEditor
              key={shown.revision}
              initial={JSON.stringify(shown.document, null, 2)}
              onChange={edit}
              attributes={{ "aria-labelledby": "document-label", "aria-multiline": "true", ...(error ? { "aria-invalid": "true", "aria-describedby": "document-error" } : {}) }}
            />
          </div>
        </Suspense>
      </Input.Wrapper>
    </Stack>
  );
}
