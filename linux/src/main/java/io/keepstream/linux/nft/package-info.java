/**
 * Tables of nf_tables as values, and the netlink messages that make, change and show them; pure.
 *
 * <p>{@link io.keepstream.linux.nft.NfTable} has the messages. What is in a table: chains ({@link
 * io.keepstream.linux.nft.NfChain}) with rules ({@link io.keepstream.linux.nft.NfRule}) of {@link
 * io.keepstream.linux.nft.Expression}s, sets and maps ({@link io.keepstream.linux.nft.NfSet}) of
 * {@link io.keepstream.linux.nft.NfElement}s, and named counters. {@link
 * io.keepstream.linux.nft.NfAnswers} reads them back from the kernel; what was written equals what
 * is read, so that two tables can be compared.
 *
 * <p>{@link io.keepstream.linux.nft.NfConnection} is what becomes of a packet that such a table has
 * sent elsewhere: from then on its connection is conntrack's.
 *
 * <p>Registers are 16 bytes each, numbered from 1; {@link
 * io.keepstream.linux.wire.NfTables#NFT_REG32_00} and its followers are the same memory in pieces
 * of four. Values are put where the {@code nft} program would, because it shows only what it could
 * have written itself.
 */
package io.keepstream.linux.nft;
