import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Icon } from "./Icon";

export function ColorScheme() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const other = scheme === "light" ? "dark" : "light";
  return (
    <ActionIcon variant="default" size="lg" aria-label={`Switch to ${other} colours`} onClick={() => setColorScheme(other)}>
      <Icon path={scheme === "light" ? "M20 14A8.5 8.5 0 1 1 10 4a7 7 0 0 0 10 10z" : "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5"} />
    </ActionIcon>
  );
}
