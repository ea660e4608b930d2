import "uplot/dist/uPlot.min.css";
import { Box, Group, Stack, Table, Text, Title, useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import classes from "./Chart.module.css";

export interface Line {
  label: string;
  /** One for each time; null where there is nothing to tell. */
  values: readonly (number | null)[];
}

interface ChartProps {
  title: string;
  /** Beginnings of the steps, in milliseconds. */
  times: readonly number[];
  lines: readonly Line[];
  /** A value in words. */
  inWords: (value: number) => string;
  /** An instant in words: of a minute, an hour or a day. */
  timeInWords: (time: number) => string;
}

/** Told apart by their dashes too: nobody has to tell colours. */
const dashes = [[], [8, 4], [2, 3], [12, 3, 2, 3], [4, 4], [16, 4], [1, 4]];
const colours = ["teal", "indigo", "orange", "grape", "cyan", "red", "gray"];
const height = 200;

/** Whole numbers, as counts are. */
const increments = Array.from({ length: 13 }, (_, digits) => [1, 2, 5].map((digit) => digit * 10 ** digits)).flat();

/** Lines over time, with a legend that tells the values where the pointer is, and the same as a table. */
export function Chart({ title, times, lines, inWords, timeInWords }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme("light");
  const [at, setAt] = useState<number | null>(null);
  useEffect(() => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(`--mantine-color-${name}`);
    const [text, grid] = [colour("dimmed"), colour("default-border")];
    const font = `12px ${style.getPropertyValue("--mantine-font-family")}`;
    const parent = place.current!;
    const chart = new uPlot(
      {
        width: parent.clientWidth,
        height,
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, points: { size: 6 } },
        scales: { x: { time: true }, y: { range: (_, least, most) => [Math.min(0, least ?? 0), most > 0 ? most * 1.1 : 1] } },
        axes: [
          { stroke: text, font, grid: { show: false }, ticks: { stroke: grid } },
          { stroke: text, font, grid: { stroke: grid, width: 1 }, ticks: { show: false }, size: 64, incrs: increments, values: (_, values) => values.map(inWords) },
        ],
        series: [
          {},
          ...lines.map((line, index) => ({
            label: line.label,
            stroke: strokeOf(colour, index, scheme),
            width: 2,
            dash: dashes[index % dashes.length]!,
            spanGaps: false,
            points: { show: line.values.filter((value) => value !== null).length < 3 },
          })),
        ],
        hooks: { setCursor: [(self) => setAt(self.cursor.idx ?? null)] },
      },
      [times.map((time) => time / 1000), ...lines.map((line) => [...line.values])],
      parent,
    );
    const sizes = new ResizeObserver(() => chart.setSize({ width: parent.clientWidth, height }));
    sizes.observe(parent);
    return () => {
      sizes.disconnect();
      chart.destroy();
    };
  }, [times, lines, scheme, inWords]);

  const shown = at !== null && at < times.length ? at : null;
  return (
    <Stack component="section" gap="xs" aria-label={title}>
      <Group justify="space-between" align="baseline">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {shown === null ? "Highest" : timeInWords(times[shown]!)}
        </Text>
      </Group>
      <Box ref={place} className={classes["plot"]} role="img" aria-label={summary(title, lines, inWords)} />
      <Group component="ul" className={classes["legend"]} gap="md">
        {lines.map((line, index) => (
          <li key={line.label}>
            <svg width="28" height="8" aria-hidden="true">
              <line x1="0" y1="4" x2="28" y2="4" strokeWidth="2.5" stroke={strokeVariable(index, scheme)} strokeDasharray={dashes[index % dashes.length]!.join(" ")} />
            </svg>
            <Text span size="sm">
              {line.label}: {wordsAt(line, shown, inWords)}
            </Text>
          </li>
        ))}
      </Group>
      <details>
        <summary>{title} as a table</summary>
        <Table.ScrollContainer minWidth={300} maxHeight={320} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>From</Table.Th>
                {lines.map((line) => (
                  <Table.Th key={line.label}>{line.label}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {times.map((time, index) => (
                <Table.Tr key={time}>
                  <Table.Td>{timeInWords(time)}</Table.Td>
                  {lines.map((line) => (
                    <Table.Td key={line.label}>{wordsAt(line, index, inWords)}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </details>
    </Stack>
  );
}

const shadeOf = (scheme: "light" | "dark") => (scheme === "light" ? 8 : 4);
const strokeOf = (colour: (name: string) => string, index: number, scheme: "light" | "dark") => colour(`${colours[index % colours.length]}-${shadeOf(scheme)}`);
const strokeVariable = (index: number, scheme: "light" | "dark") => `var(--mantine-color-${colours[index % colours.length]}-${shadeOf(scheme)})`;

const mostOf = (line: Line) => line.values.reduce<number | null>((most, value) => (value === null ? most : Math.max(most ?? value, value)), null);

function wordsAt(line: Line, at: number | null, inWords: (value: number) => string): string {
  const value = at === null ? mostOf(line) : (line.values[at] ?? null);
  return value === null ? "–" : inWords(value);
}

const summary = (title: string, lines: readonly Line[], inWords: (value: number) => string) =>
  `${title} over time. ${lines.map((line) => `${line.label}: at most ${wordsAt(line, null, inWords)}`).join("; ")}. The table below holds every step.`;
