package io.keepstream.contract.event;

/**
 * A real server of a virtual server, both in the form keepalived's FIFO and mails use.
 *
 * @param virtualServer {@code [172.32.10.18]:tcp:80}, {@code [GROUP]:0} or {@code FWM 7}
 * @param realServer {@code [192.168.10.114]:tcp:80}
 */
public record BackendRef(String virtualServer, String realServer) {}
