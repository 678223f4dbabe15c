package io.keepstream.health.http;

/**
 * An answer that came to its end.
 *
 * @param status of HTTP
 * @param body what came of the body
 * @param grpcStatus of gRPC, from trailer or header; null when there was none
 * @param grpcMessage to go with it; null when there was none
 */
public record Response(int status, ResponseBody body, String grpcStatus, String grpcMessage) {}
