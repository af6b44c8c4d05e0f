/**
 * From options to a running server: small Guice modules choose and connect the adapters, {@link
 * io.metasrv.application.metasrv.MetasrvAssembly} makes the application, {@code ServerProcess}
 * starts and stops it all in order.
 */
@NullMarked
package io.metasrv.bootstrap.server;

import org.jspecify.annotations.NullMarked;
