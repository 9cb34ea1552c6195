public import ServiceLifecycle

/// A way in: a service that puts contents into the inbox until it is told to stop.
public protocol Source: Service {}
