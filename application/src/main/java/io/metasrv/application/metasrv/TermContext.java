package io.metasrv.application.metasrv;

import io.metasrv.application.port.EventLog;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.Runtime;

/**
 * What a {@link TermComponent} may use.
 *
 * @param term the term it is made for
 * @param store the metadata store beneath the chroot, each write fenced by the term; a refused
 *     write ends the term
 * @param cachedStore the same behind the leader's cache; empty when the term begins
 * @param runtime time, tasks and chance
 * @param metrics where measurements go
 * @param events the audit trail
 * @param serverAddress the advertised address of this node
 */
public record TermContext(
    Term term,
    KeyValueStore store,
    KeyValueStore cachedStore,
    Runtime runtime,
    Metrics metrics,
    EventLog events,
    String serverAddress) {}
