import type { ConfigEntry } from '../../elixir/config/model.ts';

/** Whether an image is built with what an entry sets. */
export function isBuilt({ scope }: ConfigEntry): boolean {
  return scope === 'all' || scope === 'prod';
}

/** `shop.Shop.Repo.username` */
export function keyText({ keyPath }: ConfigEntry): string {
  return keyPath.join('.');
}
