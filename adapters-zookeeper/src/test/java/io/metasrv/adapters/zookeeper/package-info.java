/** The adapter on real ZooKeeper servers, in this process and as processes of their own. */
@NullMarked
package io.metasrv.adapters.zookeeper;

import org.jspecify.annotations.NullMarked;
