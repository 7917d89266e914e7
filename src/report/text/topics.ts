import { oneLine } from '../../plan/escape.ts';
import type { GeneratorTopic, Topic } from '../../topics/topic.ts';
import { pad, shorten, wrap } from './layout.ts';
import { paint, type TextOptions } from './paint.ts';

/** One line per topic: the version that brought it, its id and its title. */
export function topicsText(topics: readonly GeneratorTopic[], options: TextOptions): string {
  const since = Math.max(0, ...topics.map((topic) => topic.since.length));
  const id = Math.max(0, ...topics.map((topic) => topic.id.length));
  const room = Math.max(10, options.width - since - id - 4);
  const lines = topics.map((topic) => {
    const name = paint(pad(oneLine(topic.id), id), 'bold', options);
    return `${pad(oneLine(topic.since), since)}  ${name}  ${shorten(oneLine(topic.title), room)}`;
  });
  return `${lines.join('\n')}\n`;
}

/** A topic in full: why it matters, what breaks without it, what it touches and what to look out for. */
export function topicText(topic: Topic, options: TextOptions): string {
  const until = topic.until === null ? '' : ` until ${topic.until}`;
  const span = topic.since === null ? '' : ` · since ${topic.since}${until}`;
  const traits = `${topic.area} · ${topic.need} · ${topic.risk}${span}`;
  const said = (title: string, text: string | null | undefined) =>
    text ? wrap(`${title}: ${oneLine(text)}`, options.width) : [];
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`${title}:`, ...items.map((item) => `  ${oneLine(item)}`)];
  const blocks = [
    [paint(oneLine(topic.id), 'bold', options), ...wrap(oneLine(topic.title), options.width), traits],
    [...wrap(oneLine(topic.why), options.width), ...(topic.docs === null ? [] : [oneLine(topic.docs)])],
    said('Without it', topic.breaks),
    said('Caution', topic.caution),
    list('Touches', [
      ...new Set(topic.matches.map(({ address }) => address)),
      ...topic.files.map((path) => `file/${path}`),
    ]),
    list('Requires', topic.after),
    list('Commands', topic.commands),
  ];
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${text.join('\n\n')}\n`;
}
