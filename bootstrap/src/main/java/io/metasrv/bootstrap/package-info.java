/**
 * The program: from the command line to a running server. The only place that knows Guice and all
 * adapters; everything that can be decided without them is decided elsewhere.
 */
@NullMarked
package io.metasrv.bootstrap;

import org.jspecify.annotations.NullMarked;
