/**
 * The contract of the election as a test suite. {@link
 * io.metasrv.testkit.election.ElectionContract} holds every shared backend to the port's Javadoc; a
 * backend's own test is a subclass with an {@link io.metasrv.testkit.election.ElectionFixture}.
 */
@NullMarked
package io.metasrv.testkit.election;

import org.jspecify.annotations.NullMarked;
