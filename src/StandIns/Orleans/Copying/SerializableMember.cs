using System.Reflection;

namespace Orleans.Copying;

/// <summary>A field, or a property with both accessors, that is carried across.</summary>
internal sealed record SerializableMember(Type Type, FieldInfo? Field, PropertyInfo? Property, bool IsImmutable);
