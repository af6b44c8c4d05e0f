/**
 * Datanodes, flownodes and frontends on the real wire: the rules of {@code io.metasrv.nodes},
 * driven by real threads, clocks and connections. For tests and for the playground; no test library
 * in here.
 */
@NullMarked
package io.metasrv.doubles;

import org.jspecify.annotations.NullMarked;
