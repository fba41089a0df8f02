using System.Reflection.Emit;

namespace Orleans.Copying;

/// <summary>Copies a list of members from one instance to another by code generated on first use.</summary>
internal sealed class MemberPlan<T>(List<SerializableMember> members)
{
    private Compiled? _compiled;

    private delegate void CopyMembers(ref T source, ref T target, CopyScope scope, Copier[] copiers);

    public void Copy(ref T source, ref T target, CopyScope scope)
    {
        var plan = _compiled ??= Compile();
        plan.Run(ref source, ref target, scope, plan.Copiers);
    }

    private Compiled Compile()
    {
        var copiers = members.ConvertAll(SlotOf);
        var method = new DynamicMethod(
            $"Copy{typeof(T).Name}",
            typeof(void),
            [typeof(T).MakeByRefType(), typeof(T).MakeByRefType(), typeof(CopyScope), typeof(Copier[])],
            typeof(MemberPlan<T>).Module,
            skipVisibility: true);
        var il = method.GetILGenerator();
        for (var i = 0; i < members.Count; i++)
            EmitMember(il, members[i], copiers[i], i);

        il.Emit(OpCodes.Ret);
        return new(method.CreateDelegate<CopyMembers>(), [.. copiers]);
    }

    private static Copier SlotOf(SerializableMember member)
    {
        var slot = Copiers.Slot(member.Type);
        return member.IsImmutable ? Copiers.AsImmutable(member.Type, slot) : slot;
    }

    private static void EmitMember(ILGenerator il, SerializableMember member, Copier copier, int index)
    {
        LoadInstance(il, OpCodes.Ldarg_1);
        if (copier.IsAtom)
        {
            LoadInstance(il, OpCodes.Ldarg_0);
            EmitGet(il, member);
        }
        else
        {
            var typed = typeof(Copier<>).MakeGenericType(member.Type);
            il.Emit(OpCodes.Ldarg_3);
            il.Emit(OpCodes.Ldc_I4, index);
            il.Emit(OpCodes.Ldelem_Ref);
            il.Emit(OpCodes.Castclass, typed);
            LoadInstance(il, OpCodes.Ldarg_0);
            EmitGet(il, member);
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Callvirt, typed.GetMethod("Copy")!);
        }

        if (member.Field is { } field)
            il.Emit(OpCodes.Stfld, field);
        else
            il.Emit(OpCodes.Call, member.Property!.SetMethod!);
    }

    private static void EmitGet(ILGenerator il, SerializableMember member)
    {
        if (member.Field is { } field)
            il.Emit(OpCodes.Ldfld, field);
        else
            il.Emit(OpCodes.Call, member.Property!.GetMethod!);
    }

    /// <summary>A structure is used through its address, a class through the reference found there.</summary>
    private static void LoadInstance(ILGenerator il, OpCode argument)
    {
        il.Emit(argument);
        if (!typeof(T).IsValueType)
            il.Emit(OpCodes.Ldind_Ref);
    }

    private sealed record Compiled(CopyMembers Run, Copier[] Copiers);
}
