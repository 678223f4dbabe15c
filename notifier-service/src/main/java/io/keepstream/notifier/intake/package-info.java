/**
 * What makes the events of each source whole again before anybody is told: numbers that are missing
 * are asked for, and what nobody has any more is said to be missing.
 */
package io.keepstream.notifier.intake;
