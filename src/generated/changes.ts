/** Something that a generator's templates got, by name: what it does for an app, and where it says so. */
export interface GeneratedChange {
  readonly since: string;
  readonly what: string;
  /** Whether an app is safer with it. */
  readonly isSecurity: boolean;
  /** Whether it is named only along with others: nobody is asked for its sake. */
  readonly isMinor?: boolean;
  /** Where the change is described. */
  readonly source: string;
  /** The definitions that it is made of, `role key`. */
  readonly definitions: RegExp;
}

/** Of a release line, as its last known tag or branch has it. */
const changelog = (line: string) => `https://github.com/phoenixframework/phoenix/blob/v${line}/CHANGELOG.md`;
const templates = (from: string, to: string) => `https://github.com/phoenixframework/phoenix/compare/v${from}...v${to}`;
const guide = 'https://hexdocs.pm/phoenix/mix_phx_gen_auth.html';
const apart = 'https://github.com/aaronrenner/phx_gen_auth/blob/master/CHANGELOG.md';

/** What changed in `phx.gen.auth`, security first. The versions are those of the first release that has it. */
const auth: readonly GeneratedChange[] = [
  {
    since: '1.7.12',
    what: 'the CSRF token is dropped when a session is renewed (session fixation)',
    isSecurity: true,
    source: changelog('1.7'),
    definitions: /^QschemaAuth fun renew_session\/[12]$/,
  },
  {
    since: '1.6.0',
    what: 'passwords of more than 72 bytes, of which bcrypt reads no more, are refused',
    isSecurity: true,
    source: changelog('1.6'),
    definitions: /^Qschema fun validate_password\/2$/,
  },
  {
    since: '1.7.0',
    what: 'a session restored from the remember-me cookie gets its live_socket_id, so that logging out disconnects its LiveViews',
    isSecurity: true,
    source: guide,
    definitions: /^QschemaAuth fun (?:ensure_qschema_token|put_token_in_session)\//,
  },
  {
    since: '1.8.5',
    what: 'the remember-me cookie is deleted with the options that it was set with',
    isSecurity: true,
    source: templates('1.8.4', '1.8.5'),
    definitions: /^QschemaAuth fun log_out_qschema\/1$/,
  },
  {
    since: '1.8.12',
    what: 'the path to return to is dropped after a login that keeps the session',
    isSecurity: true,
    source: changelog('1.8'),
    definitions: /^QschemaAuth fun log_in_qschema\/3$/,
  },
  {
    since: '1.8.0',
    what: 'a changed password logs out all sessions and disconnects their LiveViews',
    isSecurity: true,
    source: guide,
    definitions:
      /^(?:QschemaAuth fun disconnect_sessions\/1|Qcontext fun update_qschema_(?:password|and_delete_all_tokens)\/\d)$/,
  },
  {
    since: '1.8.0',
    what: 'an email takes no commas or semicolons, which some mailers read as several addresses',
    isSecurity: true,
    source: guide,
    definitions: /^Qschema fun (?:validate_email|email_changeset)\/\d$/,
  },
  {
    since: 'phx_gen_auth 0.5.0',
    what: 'the remember-me cookie is same-site',
    isSecurity: true,
    source: apart,
    definitions: /^QschemaAuth @remember_me_options$/,
  },
  {
    since: 'phx_gen_auth 0.3.0',
    what: 'logging out disconnects the LiveViews of a session',
    isSecurity: true,
    source: apart,
    definitions: /^QschemaAuth fun (?:log_?in|log_?out)_qschema\//,
  },
  {
    since: '1.6.0',
    what: 'an account is confirmed by a button, not by whatever opens the link',
    isSecurity: false,
    source: guide,
    definitions: /^QschemaConfirmationController fun (?:edit|update)\/2$/,
  },
  {
    since: '1.7.0',
    what: 'on_mount hooks guard LiveViews',
    isSecurity: false,
    source: guide,
    definitions: /^QschemaAuth fun (?:on_mount\/4|mount_current_qschema\/2)$/,
  },
  {
    since: '1.7.10',
    what: 'queries for tokens are named by_…_query',
    isSecurity: false,
    source: templates('1.7.9', '1.7.10'),
    definitions: /^QschemaToken fun by_/,
  },
  {
    since: '1.7.13',
    what: 'times are kept as utc_datetime',
    isSecurity: false,
    source: templates('1.7.12', '1.7.13'),
    definitions: /^(?:Qschema fun confirm_changeset\/1|QschemaToken schema)/,
  },
  {
    since: '1.8.0',
    what: 'magic links: a link by email logs in, a password is optional',
    isSecurity: false,
    source: changelog('1.8'),
    definitions: /(?:magic_link|login_instructions|fun login_qschema_by)/,
  },
  {
    since: '1.8.0',
    what: 'sudo mode: settings ask for a recent login',
    isSecurity: false,
    source: changelog('1.8'),
    definitions: /sudo_mode/,
  },
  {
    since: '1.8.0',
    what: 'scopes: who is logged in is handed to contexts as current_scope',
    isSecurity: false,
    source: changelog('1.8'),
    definitions: /^Scope |current_scope/,
  },
  {
    since: '1.8.0',
    what: 'tokens of sessions are reissued while they are used',
    isSecurity: false,
    source: guide,
    definitions: /maybe_reissue_qschema_session_token/,
  },
];

/** What matters of the changes of the other generators; what is left out is of style alone. None of them makes an app safer. */
const resources: Readonly<Record<string, readonly GeneratedChange[]>> = {
  'phx.gen.context': [
    {
      since: '1.7.8',
      what: 'times of rows are kept as utc_datetime',
      isSecurity: false,
      isMinor: true,
      source: templates('1.7.7', '1.7.8'),
      definitions: /^Qschema schema "qplurals" > timestamps$/,
    },
  ],
  'phx.gen.html': [
    {
      since: '1.7.0',
      what: 'pages are function components with verified routes, in place of views with route helpers',
      isSecurity: false,
      source: changelog('1.7'),
      definitions: /^(?:QschemaController fun (?:index|create)\/2|QschemaView use QappWeb)$/,
    },
    {
      since: '1.8.0',
      what: 'pages call their layout, <Layouts.app>, and bring their own way back',
      isSecurity: false,
      source: changelog('1.8'),
      definitions: /^qschema_html\/(?:edit|new)\.html\.heex file$/,
    },
  ],
  'phx.gen.json': [
    {
      since: '1.7.0',
      what: 'JSON is rendered by plain modules, in place of views; errors of changesets by ChangesetJSON',
      isSecurity: false,
      source: changelog('1.7'),
      definitions: /^(?:QschemaController fun (?:index|show)\/2|FallbackController fun call\/2)$/,
    },
  ],
  'phx.gen.live': [
    {
      since: '1.6.3',
      what: 'a modal is a function component, shown and hidden in the browser',
      isSecurity: false,
      source: templates('1.6.2', '1.6.3'),
      definitions: /^(?:ModalComponent|LiveHelpers) /,
    },
    {
      since: '1.7.0',
      what: 'lists are streams, so that the server keeps none of their rows',
      isSecurity: false,
      source: changelog('1.7'),
      definitions: /^QschemaLive\.Index fun (?:mount|handle_event)\/3$/,
    },
    {
      since: '1.7.13',
      what: 'a form is built once, and validated with `to_form(changeset, action: :validate)`',
      isSecurity: false,
      source: templates('1.7.12', '1.7.13'),
      definitions: /^QschemaLive\.FormComponent fun (?:update\/2|handle_event\/3)$/,
    },
  ],
};

const byTask: Readonly<Record<string, readonly GeneratedChange[]>> = { 'phx.gen.auth': auth, ...resources };

/** What is known by name of the changes of a generator. */
export function changesOf(task: string): readonly GeneratedChange[] {
  return byTask[task] ?? [];
}
