import {
  readSettings,
  readSettingsText,
  type Settings,
  writeSettings,
  writeSettingsText,
} from '../../project/settings.ts';

type Ignore = NonNullable<Settings['ignore']>;

/** The text of the settings before and after they were written; null where there was no file. */
export interface SettingsWrite {
  readonly before: string | null;
  readonly after: string | null;
}

/** Keeps a step out of every plan to come. Throws `write-failed`, `unreadable-file`. */
export function ignoreStep(root: string, step: string, reason: string): SettingsWrite {
  const settings = readSettings(root);
  const before = readSettingsText(root);
  write(root, settings, { ...settings.ignore, steps: { ...settings.ignore?.steps, [step]: reason } });
  return { before, after: readSettingsText(root) };
}

/**
 * Takes `ignoreStep` back: the text as it was before where nobody changed it since, else the step alone. Throws
 * `write-failed`, `unreadable-file`.
 */
export function offerStep(root: string, step: string, written: SettingsWrite | null): void {
  const settings = readSettings(root);
  const { [step]: _, ...steps } = settings.ignore?.steps ?? {};
  if (written !== null && readSettingsText(root) === written.after) writeSettingsText(root, written.before);
  else write(root, settings, { ...settings.ignore, steps });
}

function write(root: string, settings: Settings, ignore: Ignore): void {
  writeSettings(root, { ...settings, ignore });
}
