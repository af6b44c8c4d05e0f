package io.metasrv.protocol.grpc;

import io.grpc.Status;
import io.metasrv.domain.error.StatusCode;

/**
 * What the other side said went wrong.
 *
 * @param code the code it sent, or the one its status stands for
 * @param coded whether it sent a code: a status without one comes from the transport, or from a
 *     refusal before any handler ran
 * @param status the gRPC status as it arrived
 * @param message for people
 */
public record RemoteFailure(StatusCode code, boolean coded, Status.Code status, String message) {}
