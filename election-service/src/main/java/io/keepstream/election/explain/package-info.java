/**
 * Why a virtual router is what it is, and what would change that: pure functions of an immutable
 * {@link io.keepstream.election.explain.RouterView}, which the election loop hands out and never
 * waits for.
 */
package io.keepstream.election.explain;
