/** The services against recordings of GreptimeDB v1.1.4, and against what the sheets say. */
@NullMarked
package io.metasrv.application.services;

import org.jspecify.annotations.NullMarked;
