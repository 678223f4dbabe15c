/**
 * Telling the neighbours who has an address now: the frames (gratuitous ARP, unsolicited neighbour
 * advertisement) and when to send them. Pure; the schedule holds its own deadline and nothing here
 * sleeps between frames.
 */
package io.keepstream.election.announce;
