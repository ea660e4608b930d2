import { Button, Code, CopyButton, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { Feed } from "../../../shell/feeds/powerQuery";
import { programs } from "./code";
import classes from "./Results.module.css";

/** The request as a program, ready to be copied. */
export function RequestCode({ feed }: { feed: Feed }) {
  const [language, setLanguage] = useState(programs[0]!.language);
  const code = programs.find((program) => program.language === language)!.write(feed);
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <SegmentedControl aria-label="Language" data={programs.map((program) => program.language)} value={language} onChange={setLanguage} />
        <CopyButton value={code}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Code block className={classes["code"]!} tabIndex={0} aria-label={`The request in ${language}`} role="region">
        {code}
      </Code>
      <Text size="sm" c="dimmed">
        {language === "Power Query M" ? "Excel and Power BI ask for the key: Basic, with an empty user and the key as the password." : "The environment variable API_KEY holds a key of yours."}
      </Text>
    </Stack>
  );
}
