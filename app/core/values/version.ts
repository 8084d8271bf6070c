import type { Instant } from './instant';

/** The number of a version of a program, from 1 on, and the moment from which on it is in force. */
export type PublishedAt = { readonly version: number; readonly publishedAt: Instant };

/**
 * A published version of a program, with as much of its document as the reader needs: each room names its own part.
 * Lists of versions are oldest first. Published versions never change.
 */
export type Version<Part> = PublishedAt & { readonly document: Part };
