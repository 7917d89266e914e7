import { type Settings, writeSettings } from '../../project/settings.ts';

type Ignore = NonNullable<Settings['ignore']>;

/** Keeps a step out of every plan to come. Throws `write-failed`. */
export function ignoreStep(root: string, settings: Settings, step: string, reason: string): void {
  write(root, settings, { ...settings.ignore, steps: { ...settings.ignore?.steps, [step]: reason } });
}

/** Takes `ignoreStep` back. Throws `write-failed`. */
export function offerStep(root: string, settings: Settings, step: string): void {
  const { [step]: _, ...steps } = settings.ignore?.steps ?? {};
  write(root, settings, { ...settings.ignore, steps });
}

function write(root: string, settings: Settings, ignore: Ignore): void {
  writeSettings(root, { ...settings, ignore });
}
