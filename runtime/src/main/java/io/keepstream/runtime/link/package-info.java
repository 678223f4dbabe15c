/**
 * The link between the processes of a node: what they say to each other, and when one counts as
 * gone. Sockets and the event bus are in {@link io.keepstream.runtime.link.edge}.
 *
 * <p>A process is named by its services, as in {@code election} or {@code health+lvs}. Each listens
 * on its own Unix socket in a directory that only its owner enters; of two, the one whose name
 * sorts first dials. Both say HELLO first, with their version, their name and the addresses at
 * which their services can be asked, and again whenever those change. A peer counts as linked when
 * it has answered to the HELLO it got, so a connection that was given up before it was accepted
 * never counts.
 *
 * <p>A frame on the wire is a length of four bytes, one byte that says what it is, and the rest:
 *
 * <pre>
 *   1 HELLO    version:u16 name:text count:u16 address:text...   version and name stay so for ever
 *   2 PING
 *   3 REQUEST  id:i64 address:text body
 *   4 REPLY    id:i64 body
 *   5 FAILURE  id:i64 code:i32 message:text
 *   6 PUBLISH  address:text body
 *   text: length:u16, UTF-8     body: type:text, content to the end of the frame
 * </pre>
 *
 * Numbers are big-endian. PING answers HELLO. Twice a second each process writes the time into a
 * file beside its socket, which its peers map; one whose time is 1.25 s old and that has said
 * nothing since is dropped, and so is one that says what makes no sense or does not read.
 */
package io.keepstream.runtime.link;
