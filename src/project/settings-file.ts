/** Name of the file with a project's settings, in its root. Apart from their reader, which few runs need. */
export const settingsFile = '.phx-upgrade.json';
