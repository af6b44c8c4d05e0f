package io.metasrv.application.procedure.view;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing that happened to a procedure.
 *
 * @param at wall clock
 * @param state name of the state it was in then
 * @param what in a few words
 * @param error with all its causes, if something failed
 */
public record TimelineEntry(Instant at, String state, String what, Optional<String> error) {}
