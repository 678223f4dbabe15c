/**
 * The C library, called through the foreign function interface by the names and with the arguments
 * of its manual pages.
 *
 * <p>{@link io.keepstream.linux.libc.Libc} is the door: every call answers with its result or with
 * a negative error number and is safe on any thread; those on the way of packets allocate nothing.
 * Where a caller cannot go on without the result, {@link io.keepstream.linux.libc.ErrnoException}
 * carries the number and the call. The rest are helpers for the structures such calls take.
 */
package io.keepstream.linux.libc;
