/**
 * The port of operators: health, metrics, configuration and the admin routes (sheet 09 §2, §3), on
 * Helidon's web server with a virtual thread a request. Routes are tables of plain functions from
 * {@link io.metasrv.adapters.http.Request} to {@link io.metasrv.adapters.http.Response}; only
 * {@code HttpServer} knows Helidon.
 */
@NullMarked
package io.metasrv.adapters.http;

import org.jspecify.annotations.NullMarked;
