/**
 * When the last security updates of a system's release came, by the release's number, as its project says: for Debian the
 * end of long-term support (https://wiki.debian.org/LTS), for Alpine that of the branch (https://alpinelinux.org/releases/),
 * for Ubuntu that of standard support (https://ubuntu.com/about/release-cycle). Only releases whose time is over are listed.
 */
const ended: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Debian: { '8': '2020-06-30', '9': '2022-06-30', '10': '2024-06-30', '11': '2026-08-31' },
  Alpine: {
    '3.5': '2018-11-01',
    '3.6': '2019-05-01',
    '3.7': '2019-11-01',
    '3.8': '2020-05-01',
    '3.9': '2020-11-01',
    '3.10': '2021-05-01',
    '3.11': '2021-11-01',
    '3.12': '2022-05-01',
    '3.13': '2022-11-01',
    '3.14': '2023-05-01',
    '3.15': '2023-11-01',
    '3.16': '2024-05-23',
    '3.17': '2024-11-22',
    '3.18': '2025-05-09',
    '3.19': '2025-11-01',
    '3.20': '2026-04-01',
    '3.21': '2026-11-01',
  },
  Ubuntu: { '14.04': '2019-04-25', '16.04': '2021-04-30', '18.04': '2023-05-31', '20.04': '2025-05-31' },
};

/** Since when a release of a system gets no security updates, `2024-06-30`; null where it does, or is not known. */
export function supportEnded(system: string, release: string): string | null {
  return ended[system]?.[release] ?? null;
}
