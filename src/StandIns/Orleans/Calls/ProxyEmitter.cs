using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans.Calls;

/// <summary>Emits, per interface, the class whose methods pass their number and arguments to <see cref="InterfaceReference"/>.</summary>
internal static class ProxyEmitter
{
    private static readonly Type[] ConstructorTypes = [typeof(GrainId), typeof(Silo), typeof(Type), typeof(GrainMethod[])];

    public static Type Emit(Type grainInterface, GrainMethod[] methods)
    {
        var name = new AssemblyName($"Orleans.Proxies.{grainInterface.FullName}");
        var assembly = AssemblyBuilder.DefineDynamicAssembly(name, AssemblyBuilderAccess.Run);
        foreach (var seen in SeenAssemblies(grainInterface, methods))
            assembly.SetCustomAttribute(new CustomAttributeBuilder(
                typeof(IgnoresAccessChecksToAttribute).GetConstructors().Single(), [seen]));

        var type = assembly.DefineDynamicModule("Proxies").DefineType(
            $"Proxy_{grainInterface.Name}", TypeAttributes.Public | TypeAttributes.Sealed, typeof(InterfaceReference), [grainInterface]);
        EmitConstructor(type);
        for (var i = 0; i < methods.Length; i++)
            EmitMethod(type, methods[i], i);

        return type.CreateType();
    }

    private static HashSet<string> SeenAssemblies(Type grainInterface, GrainMethod[] methods)
    {
        var names = new HashSet<string> { typeof(InterfaceReference).Assembly.GetName().Name! };
        var open = new Stack<Type>(grainInterface.GetInterfaces().Prepend(grainInterface));
        foreach (var method in methods)
        {
            open.Push(method.Method.ReturnType);
            foreach (var parameter in method.Method.GetParameters())
                open.Push(parameter.ParameterType);
        }

        while (open.TryPop(out var type))
        {
            names.Add(type.Assembly.GetName().Name!);
            foreach (var argument in type.IsGenericType ? type.GetGenericArguments() : [])
                open.Push(argument);
        }

        return names;
    }

    private static void EmitConstructor(TypeBuilder type)
    {
        var inherited = typeof(InterfaceReference).GetConstructor(
            BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, ConstructorTypes)!;
        var il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, ConstructorTypes).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        for (byte i = 1; i <= ConstructorTypes.Length; i++)
            il.Emit(OpCodes.Ldarg_S, i);

        il.Emit(OpCodes.Call, inherited);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitMethod(TypeBuilder type, GrainMethod method, int number)
    {
        var declared = method.Method;
        if (declared.IsGenericMethodDefinition)
            throw new NotSupportedException($"{method} is generic, which the embedded grain host can not carry.");

        var parameters = Array.ConvertAll(declared.GetParameters(), p => p.ParameterType);
        var body = type.DefineMethod(
            $"{declared.DeclaringType!.Name}.{declared.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.NewSlot | MethodAttributes.HideBySig,
            declared.ReturnType,
            parameters);
        var il = body.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, number);
        il.Emit(OpCodes.Ldc_I4, parameters.Length);
        il.Emit(OpCodes.Newarr, typeof(object));
        for (var i = 0; i < parameters.Length; i++)
            EmitArgument(il, parameters[i], i);

        il.Emit(OpCodes.Call, InterfaceReference.SenderOf(declared.ReturnType));
        il.Emit(OpCodes.Ret);
        type.DefineMethodOverride(body, declared);
    }

    private static void EmitArgument(ILGenerator il, Type parameter, int index)
    {
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Ldc_I4, index);
        il.Emit(OpCodes.Ldarg, (short)(index + 1));
        if (parameter.IsValueType)
            il.Emit(OpCodes.Box, parameter);

        il.Emit(OpCodes.Stelem_Ref);
    }
}
