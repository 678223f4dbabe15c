/**
 * What makes many messages few and keeps lasting trouble from being forgotten; pure.
 *
 * <p>{@link io.keepstream.notifier.noise.NoiseWatch} hears every event of the node and publishes
 * events of its own: that a subject began to flap, that it stopped, that trouble lasts. They stand
 * in the journal like all others, so each target sees the same. Flapping is told as routers tell it
 * of routes: each change adds a penalty, which halves with every half-life; above one bound the
 * subject flaps, below a lower one it does not. {@link io.keepstream.notifier.noise.Muffler} leaves
 * out, for one target that asked, what those events stand for.
 *
 * <p>Trouble is what {@link io.keepstream.notifier.route.Trouble} says it is. After a restart
 * nothing flaps and no trouble is known until it is told of anew.
 */
package io.keepstream.notifier.noise;
