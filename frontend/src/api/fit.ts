/**
 * Whether what we send or read is what the server takes or sends. Ours may be narrower (a role is one of three words) and may leave out what
 * may be left out; `never` is the answer where it fits, and the name of what does not where it does not.
 */

/** Free JSON may hold anything under any key. */
type IsFree<Theirs> = string extends keyof Theirs ? (unknown extends Theirs[string & keyof Theirs] ? true : false) : false;

/** `never` if every value of `Ours` is assignable to `Theirs`, at every depth, for the keys that both have; otherwise the kind of what is not. */
export type Misfit<Theirs, Ours> = unknown extends Ours
  ? never
  : Ours extends undefined
    ? never
    : Ours extends null
      ? Ours extends Theirs
        ? never
        : 'null'
      : MisfitOfValue<NonNullable<Theirs>, Ours>;

type MisfitOfValue<Theirs, Ours> = [Theirs] extends [readonly (infer Their)[]]
  ? Ours extends readonly (infer Our)[]
    ? Misfit<Their, Our>
    : 'list'
  : IsFree<Theirs> extends true
    ? never
    : [Theirs] extends [object]
      ? { [K in keyof Theirs & keyof Ours]-?: Misfit<Theirs[K], Ours[K]> }[keyof Theirs & keyof Ours]
      : Ours extends Theirs
        ? never
        : 'value';

/** Keys that they do not know. */
export type Invented<Theirs, Ours> = Exclude<keyof Ours, keyof Theirs>;

/** Keys that they must have and we do not know. */
export type Forgotten<Theirs, Ours> = { [K in keyof Theirs]-?: object extends Pick<Theirs, K> ? never : K extends keyof Ours ? never : K }[keyof Theirs];

/** All three: for what is sent. */
export type Unfit<Theirs, Ours> = Misfit<Theirs, Ours> | Invented<Theirs, Ours> | Forgotten<Theirs, Ours>;
