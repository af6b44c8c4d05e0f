/** Several metasrvs on one store: who leads, who takes over, what a start and a stop leave. */
@NullMarked
package io.metasrv.tests.leadership;

import org.jspecify.annotations.NullMarked;
