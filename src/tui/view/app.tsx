import { useInput } from 'ink';
import { useCallback, useSyncExternalStore } from 'react';
import type { Session } from '../session.ts';
import { keysOf, type Press } from '../state/key.ts';
import type { Look } from '../text/look.ts';
import { Screen } from './screen.tsx';

interface AppProps {
  readonly session: Session;
  readonly look: Look;
}

/** Keys go to the session, its state goes to the screen. */
export function App({ session, look }: AppProps) {
  const subscribe = useCallback((watcher: () => void) => session.watch(watcher), [session]);
  const state = useSyncExternalStore(subscribe, () => session.state);
  const onInput = useCallback(
    (input: string, press: Press) => {
      for (const key of keysOf(input, press)) session.press(key);
    },
    [session],
  );
  useInput(onInput);
  return <Screen state={state} look={look} />;
}
