/** Requests as the server's schema says them (`schema.gen.ts`): a path, a field or a value that is not there is an error of the compiler. */

import type { Unfit } from './fit';
import type { HttpRequest } from './http';
import type { paths } from './schema.gen';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>;

/** The paths that this can be done to. */
export type PathOf<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never }[keyof paths];

type ParametersOf<P extends keyof paths, M extends Method> = Operation<P, M> extends { parameters: infer All } ? All : never;
export type PlacesOf<P extends keyof paths, M extends Method> = ParametersOf<P, M> extends { path: infer Places } ? Places : Readonly<Record<string, never>>;
export type QueryOf<P extends keyof paths, M extends Method> = ParametersOf<P, M> extends { query?: infer Query } ? NonNullable<Query> : Readonly<Record<string, never>>;
export type BodyOf<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { requestBody?: { content: { 'application/json': infer Body } } } ? Body : Readonly<Record<string, never>>;

/** What a successful write answers. */
export type ResultOf<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { responses: infer All }
    ? { [Status in keyof All & (200 | 201 | 202)]: All[Status] extends { content: { 'application/json': infer Body } } ? Body : never }[keyof All & (200 | 201 | 202)]
    : never;

/** Nothing more where `Ours` fits; else what no value is, so that the compiler names what does not. */
export type Fits<Theirs, Ours> = [Unfit<Theirs, Ours>] extends [never] ? unknown : { readonly 'does not fit': Unfit<Theirs, Ours> };

export type Asking = Pick<HttpRequest, 'method' | 'path' | 'query' | 'body'>;

/** The path below the API's address, with its parameters filled in. */
export function pathOf(template: string, places: Readonly<Record<string, string | number>>): string {
  return template.replace('/api/', '').replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(String(places[name])));
}

/** A request that writes. */
export function write<M extends 'post' | 'put' | 'patch', P extends PathOf<M>, B extends object>(
  method: M,
  template: P,
  places: PlacesOf<P, M>,
  body: B & Fits<BodyOf<P, M>, B>,
): Asking {
  return { method: method.toUpperCase() as Uppercase<M>, path: pathOf(template, places as Record<string, string>), body };
}

/** A request that reads, or deletes: what it has to say goes into the query. */
export function ask<M extends 'get' | 'delete', P extends PathOf<M>, Q extends object>(
  method: M,
  template: P,
  places: PlacesOf<P, M>,
  query: Q & Fits<QueryOf<P, M>, Q>,
): Asking {
  return { method: method.toUpperCase() as Uppercase<M>, path: pathOf(template, places as Record<string, string>), query: query as NonNullable<HttpRequest['query']> };
}
