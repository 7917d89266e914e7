/**
 * Loads modules while `NODE_ENV` says `production`, unless the user says something else: React chooses then between its
 * two builds, and the one for its developers takes twice as long for a frame. Programs that are started later do not see it.
 */
export async function inProduction<Value>(
  env: Record<string, string | undefined>,
  load: () => Promise<Value>,
): Promise<Value> {
  if (env.NODE_ENV !== undefined) return load();
  env.NODE_ENV = 'production';
  try {
    return await load();
  } finally {
    delete env.NODE_ENV;
  }
}
