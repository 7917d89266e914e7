/** An edit of the release module: one function gets another body. */
export interface FunctionOperation {
  readonly kind: 'set-function';
  readonly path: string;
  /** `load_app/0` */
  readonly function: string;
  /** Its statements: `(first(); second())`. */
  readonly body: string;
}
