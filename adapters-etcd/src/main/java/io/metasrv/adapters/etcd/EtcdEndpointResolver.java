package io.metasrv.adapters.etcd;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives gRPC all members of an etcd cluster as one target: each endpoint is an address group with
 * an authority of its own, which is the name its certificate is checked against. Names are looked
 * up again whenever gRPC asks, that is after connections were lost.
 */
final class EtcdEndpointResolver extends NameResolver {

  private static final String SCHEME = "metasrv-etcd";

  static {
    // gRPC finds resolvers by scheme in one registry of the process; this scheme is ours alone.
    NameResolverRegistry.getDefaultRegistry().register(new Provider());
  }

  private final List<EtcdEndpoint> endpoints;
  private final Executor executor;
  private @Nullable Listener2 listener;

  private EtcdEndpointResolver(List<EtcdEndpoint> endpoints, Executor executor) {
    this.endpoints = endpoints;
    this.executor = executor;
  }

  /** The target that stands for these endpoints. */
  static String target(List<EtcdEndpoint> endpoints) {
    return endpoints.stream()
        .map(EtcdEndpoint::authority)
        .collect(Collectors.joining(",", SCHEME + ":", ""));
  }

  @Override
  public String getServiceAuthority() {
    return endpoints.getFirst().authority();
  }

  @Override
  public void start(Listener2 newListener) {
    listener = newListener;
    refresh();
  }

  @Override
  public void refresh() {
    Listener2 target = listener;
    if (target != null) {
      executor.execute(() -> resolve(target));
    }
  }

  @Override
  public void shutdown() {
    listener = null;
  }

  private void resolve(Listener2 target) {
    List<EquivalentAddressGroup> groups = new ArrayList<>();
    UnknownHostException lastFailure = null;
    for (EtcdEndpoint endpoint : endpoints) {
      try {
        groups.add(group(endpoint));
      } catch (UnknownHostException e) {
        lastFailure = e;
      }
    }
    if (lastFailure != null && groups.isEmpty()) {
      target.onError(Status.UNAVAILABLE.withDescription("unknown host").withCause(lastFailure));
      return;
    }
    target.onResult(
        ResolutionResult.newBuilder().setAddressesOrError(StatusOr.fromValue(groups)).build());
  }

  private static EquivalentAddressGroup group(EtcdEndpoint endpoint) throws UnknownHostException {
    List<SocketAddress> addresses =
        Arrays.stream(InetAddress.getAllByName(endpoint.host()))
            .<SocketAddress>map(address -> new InetSocketAddress(address, endpoint.port()))
            .toList();
    return new EquivalentAddressGroup(
        addresses,
        Attributes.newBuilder()
            .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, endpoint.authority())
            .build());
  }

  private static final class Provider extends NameResolverProvider {

    @Override
    public NameResolver newNameResolver(URI target, Args args) {
      List<EtcdEndpoint> endpoints =
          EtcdEndpoint.parseAll(List.of(target.getSchemeSpecificPart().split(",", -1)));
      return new EtcdEndpointResolver(
          endpoints, Objects.requireNonNull(args.getOffloadExecutor(), "set by EtcdConnection"));
    }

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return 5;
    }

    @Override
    public String getDefaultScheme() {
      return SCHEME;
    }
  }
}
