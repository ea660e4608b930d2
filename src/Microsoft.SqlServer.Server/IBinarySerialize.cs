using System.IO;

namespace Microsoft.SqlServer.Server;

/// <summary>A CLR type of the database that serializes itself.</summary>
public interface IBinarySerialize
{
    void Read(BinaryReader r);

    void Write(BinaryWriter w);
}
