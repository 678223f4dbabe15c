/** Placeholder. */
package io.keepstream.lvs;
