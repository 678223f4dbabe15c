/**
 * The form of the journal: what its files hold, which of them go, and how damage is told from an
 * end. Files, threads and the clock are in {@link io.keepstream.notifier.edge}.
 *
 * <p>A journal is a directory of segments, {@code 00000000000000000001.journal} and so on, named by
 * the number of the first record. Numbers grow by one and never come again. A segment is eight
 * bytes {@code KSJRNL01} and records, all big-endian:
 *
 * <pre>
 *   length:i32  of the payload
 *   check:i32   CRC-32C of number:i64, length and payload
 *   payload     an {@link io.keepstream.contract.Envelope} as JSON
 * </pre>
 *
 * The first record has number -1 and holds a {@link io.keepstream.notifier.journal.SegmentHeader}:
 * since when the segment is, by which a time is found, and the last sequence of each source before
 * it, by which a restart knows what it has heard. Numbers are in the check and not in the file, so
 * what an earlier use left on the disk is never taken for a record.
 *
 * <p>A write that was cut off leaves a record that is short or fails its check with nothing valid
 * behind it; recovery cuts it off. A record that was damaged later is skipped, and counts as
 * missing. Where records are missing between two segments, the second one begins with a later
 * number.
 *
 * <p>When the disk fails to take what was written, the kernel may forget that it has to be taken,
 * so that the next attempt succeeds without it. What was written between the last attempt that
 * worked and the one that failed is not written again: it survives the process, not surely the
 * machine.
 *
 * <p>Why not a library: those that do this well keep queues of their own form (Chronicle Queue maps
 * files that are gigabytes in size and wants access to the inside of the JVM; Kafka's log is a
 * broker), where some hundred lines with a format that anybody can read do.
 */
package io.keepstream.notifier.journal;
