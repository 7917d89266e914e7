import { useInput } from 'ink';
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { Session } from '../session.ts';
import { keysOf } from '../state/key.ts';
import type { Look } from '../text/look.ts';
import { Screen } from './screen.tsx';

interface AppProps {
  readonly session: Session;
  readonly look: Look;
  /** False while another program has the terminal. */
  readonly listening: boolean;
  /** Called once `listening` holds for the keyboard. */
  readonly onListening: (listening: boolean) => void;
}

/** Keys go to the session, its state goes to the screen. */
export function App({ session, look, listening, onListening }: AppProps) {
  const subscribe = useCallback((watcher: () => void) => session.watch(watcher), [session]);
  const state = useSyncExternalStore(subscribe, () => session.state);
  const onInput = useCallback(
    (input: string, press: Parameters<Parameters<typeof useInput>[0]>[1]) => {
      for (const key of keysOf(input, press)) session.press(key);
    },
    [session],
  );
  useInput(onInput, { isActive: listening });
  useEffect(() => onListening(listening), [listening, onListening]);
  return <Screen state={state} look={look} />;
}
