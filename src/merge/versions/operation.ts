/** Replaces one version of Elixir or OTP wherever a file of a version manager or of CI states it. */
export interface SetVersion {
  readonly kind: 'set-version';
  readonly path: string;
  readonly software: 'elixir' | 'otp';
  /** As stated, without `-otp-26` behind it. */
  readonly from: string;
  readonly to: string;
  /** Major version for an `-otp-26` behind the version of Elixir. */
  readonly otp: string;
}
