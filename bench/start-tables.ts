import type { Starts } from './starts.ts';
import { markdownTable } from './table.ts';

const whole = (value: number) => Math.round(value).toLocaleString('en-US');

/** Where the seconds of a build go, what the files of dist/ weigh, and what it costs to start. */
export function startTables({ build, parts, starts }: Starts): { readonly title: string; readonly table: string }[] {
  const all = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const [least] = starts;
  return [
    {
      title: 'Seconds of the parts of a build',
      table: markdownTable(
        ['', 's'],
        build.map(({ title, seconds }) => [title, seconds.toFixed(2)]),
      ),
    },
    {
      title: 'Time of a process that does next to nothing',
      table: markdownTable(
        ['', 'ms', 'more than an empty script'],
        starts.map(({ title, milliseconds }) => [
          title,
          whole(milliseconds),
          least && title !== least.title ? whole(milliseconds - least.milliseconds) : '–',
        ]),
      ),
    },
    {
      title: 'Files of dist/, and what loading each costs',
      table: markdownTable(
        ['', 'kB', 'ms to load'],
        [
          ...parts.map(({ name, bytes, load }) => [name, whole(bytes / 1_000), load === undefined ? '–' : whole(load)]),
          ['**All**', whole(all / 1_000), ''],
        ],
      ),
    },
  ];
}
