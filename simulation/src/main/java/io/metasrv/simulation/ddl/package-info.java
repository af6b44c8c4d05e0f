/**
 * Statements of data definition on a whole cluster, each cut short at every place at which it can
 * be: the next leader has to bring it to its end. Every expectation comes from a run in which
 * nothing happened.
 */
@NullMarked
package io.metasrv.simulation.ddl;

import org.jspecify.annotations.NullMarked;
