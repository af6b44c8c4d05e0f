/**
 * The driving ports: what the system does for those who call it. Messages are the published
 * language's; no gRPC or HTTP type appears. Every failure is a {@link
 * io.metasrv.domain.error.MetasrvException}, except where a method says that it answers in band.
 */
@NullMarked
package io.metasrv.application.service;

import org.jspecify.annotations.NullMarked;
